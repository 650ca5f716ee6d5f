import { categoriesTable, modulesTable, scannersTable } from "./tables";

const TABLES: Readonly<Record<string, () => string>> = {
  scanners: scannersTable,
  modules: modulesTable,
  categories: categoriesTable,
};

/**
 * Fills a document's tables with the scanner's facts from the code, each between `<!-- table: NAME -->` and
 * `<!-- end of table -->`.
 *
 * @throws Error if a table has no place in the document, or more than one.
 */
export function fillTables(document: string): string {
  return Object.entries(TABLES).reduce((text, [name, make]) => {
    const parts = text.split(new RegExp(`(?<=<!-- table: ${name} -->\n)[^]*?(?=<!-- end of table -->)`));
    const [before, after] = parts;
    if (parts.length !== 2 || before === undefined || after === undefined) {
      throw new Error(`the document has ${parts.length - 1} places for the table "${name}", not one`);
    }
    return `${before}\n${make()}\n\n${after}`;
  }, document);
}
