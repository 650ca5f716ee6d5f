/**
 * Text of a scanned site or of a tool, made safe to print: whatever could steer a terminal or turn the reading direction
 * (control characters, line ends, invisible and bidirectional marks, halves of characters) becomes the sign for an unreadable character.
 */
export const plainText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\uFFFD");
