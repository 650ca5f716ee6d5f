import js from "@eslint/js";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { PACKAGE_FOLDERS, zones } from "./eslint.rooms.mjs";

const sourceFiles = PACKAGE_FOLDERS.map((folder) => `${folder}/**/*.ts`);

const PAGE_TSCONFIG = "./local/page/tsconfig.json";

const onlyIn = (names, message) => names.map((name) => ({ name, message }));

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/*.generated.ts", ".demo/**", ".stryker-tmp/**", "coverage/**"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [
        createNodeResolver({ extensions: [".ts", ".js", ".json"], conditionNames: ["require", "default"] }),
      ],
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "no-restricted-syntax": ["error", { selector: "TSEnumDeclaration", message: "Use a union of string literals." }],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["local/page/**/*.js"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: PAGE_TSCONFIG, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Types stand in comments here, where tsc checks them.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property,
          message: "Text of findings is never markup: use element() or setText().",
        })),
      ],
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 75, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["local/tests/page/**/*.ts"],
    languageOptions: { parserOptions: { project: PAGE_TSCONFIG, tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: sourceFiles,
    ignores: ["service/http/**", "service/client/options.ts"],
    rules: {
      "no-restricted-imports": ["error", { paths: onlyIn(["undici"], "Only service/http knows undici.") }],
    },
  },
  {
    files: [
      "provider/{lifecycle,host,wire,plugin}/**/*.ts",
      "gate/plugin/**/*.ts",
      "provider/*.ts",
      ...[
        "cli",
        "report-files",
        "gate/rules",
        "gate/wait",
        "gate/host",
        "gate/child",
        "service",
        "findings",
        "errors",
      ].map((room) => `${room}/**/*.ts`),
    ],
    ignores: ["service/http/**", "service/client/options.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            ...onlyIn(["undici"], "Only service/http knows undici."),
            ...onlyIn(["@pulumi/pulumi"], "Only sdk, program, gate/program and provider/dynamic know Pulumi."),
          ],
        },
      ],
    },
  },
  {
    files: sourceFiles,
    ignores: ["provider/host/engine-watch.ts", "provider/plugin/main.ts", "cli/main.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "fetch", message: "HTTP goes through service/http, over undici." }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "exit", message: "A library ends no process." },
      ],
    },
  },
  {
    files: sourceFiles,
    ignores: ["provider/dynamic/dynamic-provider.ts", "program/log.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
        ...[
          "MemberExpression[object.name='pulumi'][property.name='log']",
          "MemberExpression[property.name='RunError']",
          "MemberExpression[object.name='console']",
        ].map((selector) => ({
          selector,
          message:
            "Text leaves for the engine by program/log.ts and provider/dynamic/dynamic-provider.ts, which make it safe.",
        })),
      ],
    },
  },
  {
    files: ["**/tests/**/*.ts", "tests/**/*.ts"],
    rules: { "max-lines": ["error", 300], "max-lines-per-function": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: {
      globals: {
        module: "writable",
        require: "readonly",
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        __dirname: "readonly",
        jest: "readonly",
      },
    },
  },
  {
    // A Node that is too old must be able to parse it, to say so.
    files: ["bin/start-plugin.js"],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
  },
);
