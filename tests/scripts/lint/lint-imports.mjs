// Prints, as JSON, what the lint rule of the rooms says of each import of each file; the argument is [{ file, specifiers }].
import { ESLint } from "eslint";

const asked = JSON.parse(process.argv[2]);
/** The rule as it is configured for this file, alone: the others need types, which take long to find. */
const eslintFor = async (file) => {
  const { rules, plugins, settings } = await new ESLint().calculateConfigForFile(file);
  const parser = (await import("typescript-eslint")).default.parser;
  return new ESLint({
    overrideConfigFile: true,
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: { parser },
      plugins: { "import-x": plugins["import-x"] },
      settings,
      rules: { "import-x/no-restricted-paths": rules["import-x/no-restricted-paths"] },
    },
  });
};
const answers = [];
for (const { file, specifiers } of asked) {
  const eslint = await eslintFor(file);
  const text = specifiers.map((specifier) => `import "${specifier}";\n`).join("");
  const [{ messages }] = await eslint.lintText(text, { filePath: file });
  answers.push(
    specifiers.map((_, index) => messages.filter(({ line }) => line === index + 1).map(({ message }) => message)),
  );
}
console.log(JSON.stringify(answers));
