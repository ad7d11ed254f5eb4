import type { RouteLocationNormalized } from 'vue-router'

const PATIENCE = 4_000

/** The part of an address that makes it another page: tabs, filters and pages of a list do not. */
export const pageOf = (route: RouteLocationNormalized): string => `${route.matched[0]?.path} ${String(route.params.id ?? route.params.token ?? '')}`

const isLost = () => !document.activeElement || document.activeElement === document.body || !document.activeElement.closest('#main')

function focusNow(): boolean {
  const heading = document.querySelector<HTMLElement>('#main h1')
  if (!heading) return false
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}

/** After a change of page the reader stands at its heading, as soon as the page has one. */
export function focusHeading(): void {
  if (focusNow()) return
  const main = document.getElementById('main')
  if (!main) return
  const watcher = new MutationObserver(() => {
    if (!isLost() || focusNow()) watcher.disconnect()
  })
  watcher.observe(main, { childList: true, subtree: true })
  setTimeout(() => watcher.disconnect(), PATIENCE)
}
