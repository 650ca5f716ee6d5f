import { join } from "node:path";
import PDFDocument from "pdfkit";

/** The fonts of the document. PDF's built-in ones have Latin letters only. */
const FONT_FILES = { regular: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf", mono: "DejaVuSansMono.ttf" } as const;
export type FontName = keyof typeof FONT_FILES;

export const INK = { text: "#1f2328", faint: "#59636e", line: "#d1d9e0" } as const;

const MARGIN_POINTS = 56;
const FOOTER_POINTS_FROM_BOTTOM = 36;
const FOOTER_SIZE_POINTS = 8;

export interface PageSettings {
  title: string;
  createdAt: Date;
  /** Appears at the bottom of every page, next to its number. */
  footer: string;
}

/** Control characters have no glyph, and some break the layout; line feeds and tabs are kept as whitespace. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, "  ")
    .replace(/[^\P{C}\n]/gu, (character) => {
      return /\p{Cc}|\p{Cs}/u.test(character) ? "\uFFFD" : "";
    });
}

/** Creates an A4 document whose pages are numbered as soon as they are started, so that none has to be buffered. */
export function createDocument({ title, createdAt, footer }: PageSettings): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: "A4",
    margin: MARGIN_POINTS,
    autoFirstPage: false,
    pdfVersion: "1.7",
    lang: "en",
    displayTitle: true,
    info: { Title: printable(title), Producer: "crashtest-local", Creator: "crashtest-local", CreationDate: createdAt },
  });
  const folder = join(require.resolve("dejavu-fonts-ttf/package.json"), "..", "ttf");
  for (const [name, file] of Object.entries(FONT_FILES)) document.registerFont(name, join(folder, file));
  let pageNumber = 0;
  document.on("pageAdded", () => {
    pageNumber += 1;
    drawFooter(document, `${printable(footer)}  ·  Page ${pageNumber}`);
  });
  document.addPage();
  return document;
}

function drawFooter(document: PDFKit.PDFDocument, text: string): void {
  const { page } = document;
  const { x, y } = document;
  const { bottom } = page.margins;
  // Text in the margin would start another page, and that one another footer.
  page.margins.bottom = 0;
  document
    .font("regular", FOOTER_SIZE_POINTS)
    .fillColor(INK.faint)
    .text(text, page.margins.left, page.height - FOOTER_POINTS_FROM_BOTTOM, { lineBreak: false });
  page.margins.bottom = bottom;
  document.x = x;
  document.y = y;
}

/** The space between the margins, in points. */
export function contentWidth({ page }: PDFKit.PDFDocument): number {
  return page.width - page.margins.left - page.margins.right;
}

/** Starts a new page if fewer than this many points are left. */
export function keepRoom(document: PDFKit.PDFDocument, points: number): void {
  if (document.y + points > document.page.height - document.page.margins.bottom) document.addPage();
}
