/** In a table of cells, Enter and the down key go to the cell below, the up key to the one above. */
export function moveCell(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  if (target instanceof HTMLTextAreaElement || event.isComposing) return
  const step = event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey) ? 1 : event.key === 'ArrowUp' || event.key === 'Enter' ? -1 : 0
  const cell = target.closest('td')
  if (!step || !cell) return
  const row = cell.closest('tr')
  const next = step > 0 ? row?.nextElementSibling : row?.previousElementSibling
  const neighbour = next?.children[[...(row?.children ?? [])].indexOf(cell)]?.querySelector<HTMLElement>('input, select')
  if (!neighbour) return
  event.preventDefault()
  neighbour.focus()
  if (neighbour instanceof HTMLInputElement && neighbour.type === 'text') neighbour.select()
}

const opened = (element: HTMLElement) => {
  for (let above = element.parentElement; above; above = above.parentElement) if (above instanceof HTMLDetailsElement) above.open = true
}

/** Brings the cell at a place into sight and the reader to it; where there is none, the nearest place around it. */
export function jumpTo(pointer: string): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('[data-pointer]')]
  const inside = all.filter((one) => one.dataset.pointer === pointer || one.dataset.pointer!.startsWith(`${pointer}/`))
  const around = all.filter((one) => pointer.startsWith(`${one.dataset.pointer}/`)).sort((a, b) => b.dataset.pointer!.length - a.dataset.pointer!.length)
  const fields = [...inside, ...around].filter((one) => one.matches('input, select, textarea'))
  const found = fields[0] ?? inside[0] ?? around[0]
  if (!found) return false
  opened(found)
  found.scrollIntoView({ block: 'center' })
  found.focus({ preventScroll: true })
  return true
}
