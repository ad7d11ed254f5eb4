/** './rounds.json' holds the keys that start with `rounds.` */
export const byNamespace = (files: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(files).map(([path, messages]) => [path.slice(2, -'.json'.length), messages]))
