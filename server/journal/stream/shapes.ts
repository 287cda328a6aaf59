/**
 * Says where a value is not what it must be: null where it is, else the path down to what is wrong, "" for the value
 * itself. Entries are read by the thousand, so this does nothing else: it copies nothing, and collects nothing.
 */
type Shape = (value: unknown) => string | null;

type Fields = Readonly<Record<string, Shape>>;

export const those = (isOne: (value: unknown) => boolean): Shape => {
  return (value) => (isOne(value) ? null : "");
};

export const text = those((value) => typeof value === "string");
export const flag = those((value) => typeof value === "boolean");
export const number = those(Number.isFinite);

export const whole = (least: number, most: number): Shape =>
  those((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most);

export const oneOf = (...texts: readonly string[]): Shape =>
  those((value) => texts.includes(value as string));

export const orNull = (shape: Shape): Shape => {
  return (value) => (value === null ? null : shape(value));
};

/** With these fields; others may be there, and are nobody's. */
export function object(fields: Fields): Shape {
  const entries = Object.entries(fields);
  return (value) => {
    if (!isObject(value)) return "";
    for (const [name, shape] of entries) {
      const wrong = shape(value[name]);
      if (wrong !== null) return below(name, wrong);
    }
    return null;
  };
}

/** An object whose field `tag` says which of these it is. */
export function tagged(tag: string, shapes: Fields): Shape {
  const known = new Map(Object.entries(shapes));
  return (value) => {
    if (!isObject(value)) return "";
    const shape = known.get(value[tag] as string);
    return shape ? shape(value) : tag;
  };
}

export function listOf(item: Shape, most: number): Shape {
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return "";
    for (let index = 0; index < value.length; index++) {
      const wrong = item(value[index]);
      if (wrong !== null) return below(String(index), wrong);
    }
    return null;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const below = (name: string, path: string) => (path === "" ? name : `${name}.${path}`);
