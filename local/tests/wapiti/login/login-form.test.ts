import { filledForm, hasPasswordField, loginFormIn } from "../../../src/scanners/wapiti/login/login-form";

const PAGE = new URL("http://127.0.0.1:8080/a/login?next=1");
const USER = { username: "anna", password: "p&w" };

function filled(html: string): string | undefined {
  const form = loginFormIn(html, PAGE);
  return form === undefined ? undefined : `${form.method} ${form.action.href} ${filledForm(form, USER).toString()}`;
}

test.each([
  [
    "a plain form",
    `<form method=post action=/in><input name=u><input type=password name=p></form>`,
    "POST http://127.0.0.1:8080/in u=anna&p=p%26w",
  ],
  [
    "a form without an action",
    `<FORM METHOD='POST'><INPUT NAME="u"><INPUT TYPE="PASSWORD" NAME="p"></FORM>`,
    "POST http://127.0.0.1:8080/a/login?next=1 u=anna&p=p%26w",
  ],
  [
    "a token, with references",
    `<form method="post" action="in?a=1&amp;b=2"><input type="hidden" name="t" value="x&#43;&quot;y"><input type="email" name="u"><input type="password" name="p"></form>`,
    "POST http://127.0.0.1:8080/a/in?a=1&b=2 t=x%2B%22y&u=anna&p=p%26w",
  ],
  [
    "the form with one password field, not the search or the registration",
    `<form action=/s><input name=q></form><form action=/new><input name=n><input type=password name=a><input type=password name=b></form><form action=/in method=post><input name=u><input type=password name=p></form>`,
    "POST http://127.0.0.1:8080/in u=anna&p=p%26w",
  ],
  [
    "the button that is pressed, and boxes that are checked",
    `<form method=post><input name=u><input type=password name=p><input type=checkbox name=keep checked><input type=checkbox name=more value=1><button name=go value=in>In</button><input type=submit name=other value=x></form>`,
    "POST http://127.0.0.1:8080/a/login?next=1 keep=on&go=in&u=anna&p=p%26w",
  ],
  [
    "no form in a comment, a script or a template",
    `<!-- <form><input type=password name=p></form> --><script>"<form><input type=password name=p></form>"</script><template><form><input type=password name=p></form></template>`,
    undefined,
  ],
  ["no form without a password", `<form><input name=u></form>`, undefined],
  [
    "an attribute with a greater-than sign",
    `<form method=post action="/in"><input placeholder="a > b" name="u"><input type="password" name="p"></form>`,
    "POST http://127.0.0.1:8080/in u=anna&p=p%26w",
  ],
])("fills in %s", (_case, html, expected) => {
  expect(filled(html)).toBe(expected);
});

test.each([
  [`<input type="password">`, true],
  [`<input TYPE = 'Password' />`, true],
  [`<!-- <input type="password"> -->`, false],
  [`<p>type="password"</p>`, false],
])("%s has a password field: %s", (html, expected) => {
  expect(hasPasswordField(html)).toBe(expected);
});

test.each(["<a", `<a "`, `<a "<a" `, "<!--", "<script>", "</script ", `<input a=`, "<input a "])(
  "a megabyte of %j is read in linear time",
  (part) => {
    const startedMs = performance.now();

    expect(hasPasswordField(part.repeat(1_000_000 / part.length))).toBe(false);

    expect(performance.now() - startedMs).toBeLessThan(2000);
  },
);
