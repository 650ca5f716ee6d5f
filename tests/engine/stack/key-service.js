"use strict";
/**
 * Keeps the key of the secrets of the stacks' states, as the transit engine of a Vault server would. From a passphrase the CLI
 * derives it anew in each call, which takes a quarter of a second, hundreds of times. The states are as secret as with any other
 * key service; examples and the README are followed with a passphrase.
 */
const { Buffer } = require("node:buffer");
const { once } = require("node:events");
const { createServer } = require("node:http");

const PREFIX = "vault:v1:";

/** What the key service is asked, and answers: it wraps a stack's own key. */
const ANSWERS = {
  encrypt: ({ plaintext }) => ({ ciphertext: PREFIX + plaintext }),
  decrypt: ({ ciphertext }) => ({ plaintext: ciphertext.slice(PREFIX.length) }),
};

/** Starts it on loopback, until this process ends. Gives what the CLI needs to find it. */
module.exports = async function startKeyService() {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const [, operation] = /^\/v1\/transit\/(encrypt|decrypt)\/tests$/.exec(request.url) ?? [];
    if (operation === undefined) return response.writeHead(404).end();
    const data = ANSWERS[operation](JSON.parse(Buffer.concat(chunks)));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return {
    secretsProvider: "hashivault://tests",
    environment: { VAULT_SERVER_URL: `http://127.0.0.1:${server.address().port}`, VAULT_SERVER_TOKEN: "tests" },
  };
};
