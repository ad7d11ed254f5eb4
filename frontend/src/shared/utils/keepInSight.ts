import { onScopeDispose } from 'vue'

const OWN_MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const
const PATIENCE = 10_000

/** In the middle; what is too tall for that from its beginning, as there it says what it is. */
const show = (target: HTMLElement) => target.scrollIntoView({ block: target.offsetHeight < window.innerHeight / 2 ? 'center' : 'start' })

function hold(target: HTMLElement): () => void {
  const watcher = new ResizeObserver(() => show(target))
  const letGo = () => {
    clearTimeout(timer)
    watcher.disconnect()
    OWN_MOVES.forEach((name) => window.removeEventListener(name, letGo, { capture: true }))
  }
  const timer = setTimeout(letGo, PATIENCE)
  OWN_MOVES.forEach((name) => window.addEventListener(name, letGo, { capture: true, passive: true }))
  watcher.observe(document.body)
  return letGo
}

/**
 * Scrolls to a target and keeps it there while the rest of the page still arrives, until the person moves.
 * The browser's own scroll anchoring holds what stands topmost: what grows between that and the target pushes the target out.
 */
export function useSight(): (target: HTMLElement) => void {
  let letGo = () => {}
  onScopeDispose(() => letGo())
  return (target) => {
    letGo()
    show(target)
    letGo = hold(target)
  }
}
