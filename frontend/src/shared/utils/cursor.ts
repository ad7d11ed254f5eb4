/** The server hands out whole addresses of the next page; only their cursor is kept. */
export function cursorOf(link: string | null | undefined): string | null {
  if (!link) return null
  return new URL(link, 'http://here').searchParams.get('cursor') ?? (link.includes('/') ? null : link)
}
