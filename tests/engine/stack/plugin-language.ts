import type { Script } from "crashtest-local";
import { type YamlProgram, writeYaml, yamlStack } from "./plugin-stack";
import { pythonProgram } from "./python-program";
import { pythonEnvironment, pythonStack, writePython } from "./python-stack";
import { TestService } from "./service";
import type { Stack } from "./stack";

/** A language for programs over the plugin. A test has its program as data, which is written in each. */
interface Language {
  name: string;
  /** Whether this machine can run it; where it cannot, that has been said loudly. */
  isThere: () => Promise<boolean>;
  create: (program: YamlProgram, environment: Record<string, string>) => Promise<Stack | undefined>;
  write: (stack: Stack, program: YamlProgram) => void;
}

const LANGUAGES: readonly Language[] = [
  { name: "YAML", isThere: () => Promise.resolve(true), create: yamlStack, write: writeYaml },
  {
    name: "Python",
    isThere: async () => (await pythonEnvironment()) !== undefined,
    create: (program, environment) => pythonStack(pythonProgram(program), environment),
    write: (stack, program) => {
      writePython(stack, pythonProgram(program));
    },
  },
];

/** A stack that is not deployed yet, and the service that it will find. */
interface Started {
  service: TestService;
  stack: Stack;
  /** Replaces the program. */
  write: (program: YamlProgram) => void;
}

type Start = (scans: Script, program: YamlProgram) => Promise<Started>;

/** Defines a test for each language, which passes where that is not there. */
export function testInEach(name: string, body: (start: Start, language: string) => Promise<void>): void {
  test.each(LANGUAGES)(`$name: ${name}`, async (language) => {
    if (!(await language.isThere())) return;
    const start: Start = async (scans, program) => {
      const service = await TestService.start(scans);
      const stack = await language.create(program, service.environment);
      if (stack === undefined) throw new Error(`${language.name} is there, and yet has no stack`);
      const write = (next: YamlProgram): void => {
        language.write(stack, next);
      };
      return { service, stack, write };
    };
    await body(start, language.name);
  });
}
