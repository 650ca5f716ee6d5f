"use strict";

/**
 * What jest takes for a file's imports in mutation tests (npm run mutation). A source file has only what it exports again:
 * a mutant is then tried by the tests that import its module, not by those of every module above it, which would take
 * five times as long and find hardly more.
 */
function extract(code, filePath, defaultExtract) {
  const isOfTests = /[\\/]tests[\\/]/.test(filePath);
  const reexports = /^export\b[^;]*?\bfrom\s*"[^"]+"/gm;
  return defaultExtract(isOfTests ? code : (code.match(reexports) ?? []).join(";\n"));
}

module.exports = { extract };
