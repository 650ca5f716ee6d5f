import { tagsOf, type Tag } from "./html";

/** A form with a password field, ready to be filled in. */
export interface LoginForm {
  action: URL;
  method: "GET" | "POST";
  usernameField: string | undefined;
  passwordField: string;
  /** All other fields that a browser would send, hidden ones included. */
  others: readonly (readonly [string, string])[];
}

interface FoundForm {
  attributes: ReadonlyMap<string, string>;
  inputs: Tag[];
}

const TEXT_TYPES: ReadonlySet<string> = new Set(["text", "email", "tel", "number", ""]);
/** Inputs that a browser does not send, or only when they are used. */
const UNSENT_TYPES: ReadonlySet<string> = new Set(["reset", "button", "file", "image"]);

const typeOf = (tag: Tag): string => (tag.attributes.get("type") ?? "").toLowerCase();
const nameOf = (tag: Tag): string => tag.attributes.get("name") ?? "";
const isPassword = (tag: Tag): boolean => tag.name === "input" && typeOf(tag) === "password";

/** Returns whether a page has a field for a password. */
export function hasPasswordField(html: string): boolean {
  return tagsOf(html).some(isPassword);
}

function formsIn(html: string): FoundForm[] {
  const forms: FoundForm[] = [];
  let open: FoundForm | undefined;
  for (const tag of tagsOf(html)) {
    if (tag.name === "form") {
      open = { attributes: tag.attributes, inputs: [] };
      forms.push(open);
    } else if (tag.name === "/form") open = undefined;
    else if (tag.name === "input" || tag.name === "button") open?.inputs.push(tag);
  }
  return forms;
}

/** Returns the fields that are neither the name nor the password: of several buttons a browser sends the one pressed. */
function othersOf(inputs: readonly Tag[], taken: readonly (Tag | undefined)[]): [string, string][] {
  const isButton = (tag: Tag): boolean =>
    tag.name === "button" ? ["", "submit"].includes(typeOf(tag)) : typeOf(tag) === "submit";
  const pressed = inputs.find((tag) => isButton(tag));
  return inputs.flatMap((tag): [string, string][] => {
    const type = typeOf(tag);
    const isChoice = type === "checkbox" || type === "radio";
    const isUnsent =
      taken.includes(tag) || nameOf(tag) === "" || UNSENT_TYPES.has(type) || tag.attributes.has("disabled");
    if (isUnsent || (isChoice && !tag.attributes.has("checked"))) return [];
    if ((isButton(tag) || tag.name === "button") && tag !== pressed) return [];
    return [[nameOf(tag), tag.attributes.get("value") ?? (isChoice ? "on" : "")]];
  });
}

/**
 * Finds the form of a login page: the first with exactly one password field, which has a name. The field for the user name
 * is the last text field before it.
 */
export function loginFormIn(html: string, page: URL): LoginForm | undefined {
  for (const { attributes, inputs } of formsIn(html)) {
    const passwords = inputs.filter(isPassword);
    const [password] = passwords;
    const action = attributes.get("action") ?? "";
    if (password === undefined || passwords.length > 1 || nameOf(password) === "" || !URL.canParse(action, page.href))
      continue;
    const username = inputs
      .slice(0, inputs.indexOf(password))
      .filter((tag) => tag.name === "input" && TEXT_TYPES.has(typeOf(tag)) && nameOf(tag) !== "")
      .at(-1);
    return {
      action: new URL(action === "" ? page.href : action, page),
      method: attributes.get("method")?.toLowerCase() === "post" ? "POST" : "GET",
      usernameField: username === undefined ? undefined : nameOf(username),
      passwordField: nameOf(password),
      others: othersOf(inputs, [password, username]),
    };
  }
  return undefined;
}

/** Fills in a form as a browser sends it. */
export function filledForm(form: LoginForm, user: { username: string; password: string }): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of form.others) fields.append(name, value);
  if (form.usernameField !== undefined) fields.set(form.usernameField, user.username);
  fields.set(form.passwordField, user.password);
  return fields;
}
