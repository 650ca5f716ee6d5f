import js from "@eslint/js";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Knowledge goes one way. Each zone: files under `target` may not import from `from`, except `except`. */
const zones = [
  {
    target: "./provider/lifecycle",
    from: ["./provider/client", "./provider/engine", "./provider/config", "./sdk", "./local", "./contract"],
    message: "Lifecycles know a port (lifecycle/service.ts): no HTTP, no Pulumi, no spelling of this API.",
  },
  {
    target: "./provider/client",
    from: ["./provider/lifecycle", "./provider/engine", "./provider/config", "./sdk", "./local"],
    message: "The client stands on the contract and undici alone.",
  },
  {
    target: "./provider/engine",
    from: ["./sdk", "./local", "./provider/client", "./contract"],
    message:
      "The engine adapter knows the dynamic provider contract and the lifecycles; the client reaches it through provider/service.ts.",
  },
  { target: "./provider", from: ["./sdk", "./local"], message: "The provider's process knows nothing of programs." },
  {
    target: "./findings",
    from: ["./provider", "./sdk", "./local", "./contract"],
    except: ["./scan-state.ts"],
    message: "Findings are pure: no network, no engine, no service.",
  },
  { target: "./sdk", from: ["./local"], message: "The package ships no server." },
  {
    target: ["./sdk", "./provider", "./findings", "./local"],
    from: ["./cli"],
    message: "The command stands on the package, not the package on the command.",
  },
  {
    target: "./cli",
    from: ["./local", "./contract", "./provider/service.ts", "./provider/engine"],
    except: ["./provider-text.ts"],
    message: "The command asks by the client, with settings of the environment; it ships no server.",
  },
  {
    target: "./local",
    from: ["./provider", "./sdk"],
    message: "The local service knows the contract and the findings, never the provider.",
  },
];

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
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
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
    files: ["provider/**/*.ts", "sdk/**/*.ts", "findings/**/*.ts"],
    ignores: ["provider/client/**"],
    rules: {
      "no-restricted-imports": ["error", { paths: onlyIn(["undici"], "Only provider/client knows undici.") }],
    },
  },
  {
    files: ["provider/**/*.ts", "findings/**/*.ts", "cli/**/*.ts"],
    ignores: ["provider/engine/**", "provider/client/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            ...onlyIn(["undici"], "Only provider/client knows undici."),
            ...onlyIn(["@pulumi/pulumi"], "Only sdk and provider/engine know Pulumi."),
          ],
        },
      ],
    },
  },
  {
    files: ["provider/**/*.ts", "sdk/**/*.ts", "findings/**/*.ts", "cli/**/*.ts"],
    ignores: ["provider/engine/provider-process.ts", "cli/main.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "fetch", message: "HTTP goes through provider/client, over undici." }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "exit", message: "A library ends no process." },
      ],
    },
  },
  {
    files: ["provider/**/*.ts", "sdk/**/*.ts", "findings/**/*.ts"],
    ignores: ["provider/engine/dynamic-provider.ts", "sdk/log.ts"],
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
            "Text leaves for the engine by sdk/log.ts and provider/engine/dynamic-provider.ts, which make it safe.",
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
);
