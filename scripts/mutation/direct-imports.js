"use strict";

/**
 * What jest takes as a file's imports in mutation tests (npm run mutation). A source file has only its re-exports:
 * a mutant is then tested by the tests that import its module, not by those of every module above it, which would take
 * five times as long and find hardly anything more.
 */
function extract(code, filePath, defaultExtract) {
  const isOfTests = /[\\/]tests[\\/]/.test(filePath);
  const reexports = /^export\b[^;]*?\bfrom\s*"[^"]+"/gm;
  return defaultExtract(isOfTests ? code : (code.match(reexports) ?? []).join(";\n"));
}

module.exports = { extract };
