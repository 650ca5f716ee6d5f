import type { RequestListener } from "node:http";
import { HTML } from "./scanning";
import { bodyOf } from "./servers";

const pagesWith = (away: string): Readonly<Record<string, string>> => ({
  "/": `
    <a href="/away?a=b">redirect</a> <a href="/kept?a=b">redirect that keeps the method</a> <a href="/go?to=/">go</a>
    <a href="/base">base</a> <a href="/refresh">refresh</a> <a href="${away}a">other</a>
    <a href="${away.replace("http:", "")}b?c=d">other without a scheme</a> <a href="/mixed">mixed</a>
    <form action="/away" method="post"><input name="a"></form>
    <form action="/kept" method="post" enctype="multipart/form-data"><input type="file" name="f"><input name="a"></form>
    <form action="${away}form" method="post"><input name="a"></form>`,
  "/base": `<base href="${away}"><a href="/c?d=e">below another base</a><form method="post" action="d"><input name="a"></form>`,
  "/refresh": `<meta http-equiv="refresh" content="0; url=${away}refreshed"><p>moved</p>`,
  "/mixed": `
    <script src="${away}x.js"></script><img src="${away}x.png"><iframe src="${away}frame"></iframe>
    <script>location = "${away}y"</script>`,
});

/** A site from which every way leads to `away`: redirects, forms, uploads, a base, a refresh, parts of pages, a parameter. */
export function luring(away: string): RequestListener {
  const pages = pagesWith(away);
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://site.invalid");
    const redirects: Readonly<Record<string, [number, string]>> = {
      "/away": [302, away],
      "/kept": [307, `${away}kept`],
      "/go": [302, searchParams.get("to") ?? away],
    };
    void bodyOf(request).then(() => {
      const [status, location] = redirects[pathname] ?? [0, ""];
      const page = pages[pathname];
      if (status > 0)
        response.writeHead(status, { Location: encodeURI(location) }).end(`<a href="${away}moved">moved</a>`);
      else response.writeHead(page === undefined ? 404 : 200, HTML).end(page ?? "not here");
    });
  };
}
