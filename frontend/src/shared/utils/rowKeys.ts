const isLetter = (target: EventTarget | null) => target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** In a list, the down and up keys go from a row's link to its neighbour's; Enter opens it, as with any link. */
export function moveRow(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const target = event.target as HTMLElement
  const row = target.closest('tr, li')
  if (isLetter(target) || !row) return
  const rows = [...(row.parentElement?.children ?? [])]
  const next = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)]?.querySelector<HTMLElement>('a[href]')
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** The slash goes to the search field, unless one is writing. */
export const asksForSearch = (event: KeyboardEvent): boolean =>
  event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isLetter(event.target)

/** From the search field down into the first row that was found. */
export function enterRows(event: KeyboardEvent): void {
  const first = (event.target as HTMLElement).closest('section')?.querySelector<HTMLElement>('[data-rows] a[href]')
  if (!first) return
  event.preventDefault()
  first.focus()
}
