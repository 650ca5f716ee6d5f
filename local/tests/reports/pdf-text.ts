import PDFParser from "pdf2json";

/** Without warnings, such as that links are no forms. It takes 0 for unset. */
const QUIET = -1;

/** The text of each page of a PDF, as a reader that is not of this project finds it; its lines in any order. */
export function textsOfPages(pdf: Buffer): Promise<string[]> {
  const parser = new PDFParser(null, true);
  return new Promise((done, failed) => {
    parser.on("pdfParser_dataError", failed);
    parser.on("pdfParser_dataReady", () => {
      done(
        parser
          .getRawTextContent()
          .split(/-+Page \(\d+\) Break-+/)
          .slice(0, -1),
      );
    });
    parser.parseBuffer(pdf, QUIET);
  });
}
