/**
 * The same text in memory of its own. A part of a text holds all of it for as long as it is there itself: what is kept of a
 * report has to be a copy.
 */
export const copyOf = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
