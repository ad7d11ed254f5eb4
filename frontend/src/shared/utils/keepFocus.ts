import type { Directive } from 'vue'

const HOMES = 'section, form, fieldset, li, tr, [role="group"], .card'
const FIELDS = 'input:not([type="hidden"], [type="file"], :disabled), select:not(:disabled), textarea:not(:disabled)'
const DOORS = 'button:not(:disabled), a[href], summary'

type Stand = { on: HTMLElement; homes: HTMLElement[] }
const isOff = (el: HTMLElement) => el.matches(':disabled')

function homesOf(el: HTMLElement, root: HTMLElement): HTMLElement[] {
  const homes: HTMLElement[] = []
  for (let at = el.parentElement?.closest<HTMLElement>(HOMES); at && root.contains(at); at = at.parentElement?.closest<HTMLElement>(HOMES)) homes.push(at)
  return homes
}

/** Back on what was only switched off for a moment; else to what has taken its place in the same part of the page. */
function placeAfter({ on, homes }: Stand): HTMLElement | null {
  if (on.isConnected) return isOff(on) ? null : on
  const home = homes.find((one) => one.isConnected)
  return home?.querySelector<HTMLElement>(FIELDS) ?? home?.querySelector<HTMLElement>(DOORS) ?? null
}

/** A button that vanishes when it is pressed takes the focus with it: whoever works by keyboard or ear would be nowhere. */
function keep(root: HTMLElement): () => void {
  let stand: Stand | null = null
  const come = ({ target }: FocusEvent) => { stand = target instanceof HTMLElement ? { on: target, homes: homesOf(target, root) } : null }
  // Chromium tells of the leaving while the element is still being taken away: only afterwards is it sure who left whom.
  const go = ({ target }: FocusEvent) => setTimeout(() => {
    if (target instanceof HTMLElement && target === stand?.on && target.isConnected && !isOff(target)) stand = null
  })
  const watcher = new MutationObserver(() => {
    if (stand && document.activeElement === document.body) placeAfter(stand)?.focus({ preventScroll: true })
  })
  root.addEventListener('focusin', come)
  root.addEventListener('focusout', go)
  watcher.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  return () => {
    watcher.disconnect()
    root.removeEventListener('focusin', come)
    root.removeEventListener('focusout', go)
  }
}

const kept = new WeakMap<HTMLElement, () => void>()
export const vKeepFocus: Directive<HTMLElement> = {
  mounted: (el) => { kept.set(el, keep(el)) },
  unmounted: (el) => kept.get(el)?.(),
}
