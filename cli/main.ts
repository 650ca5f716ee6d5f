import { run } from "./run";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  // The reader has closed the pipe, like `head`.
  process.exit();
});

const { env, stdin, stdout, stderr } = process;

void run(process.argv.slice(2), { environment: env, stdin, stdout, stderr, now: () => new Date() }).then((exitCode) => {
  process.exitCode = exitCode;
});
