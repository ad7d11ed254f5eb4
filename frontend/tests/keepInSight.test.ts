import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { useSight } from '@/shared/utils/keepInSight'

const FOR_GOOD = 60_000
let grow = () => {}

/** A browser that tells of no size but when the test lets the page grow. */
class Watcher {
  constructor(told: () => void) { grow = told }
  observe() {}
  disconnect() { grow = () => {} }
}

/** A page that has jumped to its target; `seen` are the places it was brought to. */
function jump(height = 0) {
  const seen: unknown[] = []
  const target = document.createElement('p')
  Object.defineProperty(target, 'offsetHeight', { value: height })
  target.scrollIntoView = (how) => { seen.push((how as ScrollIntoViewOptions).block) }
  let keepInSight: (target: HTMLElement) => void = () => {}
  const page = mount({ setup() { keepInSight = useSight(); return () => null } })
  keepInSight(target)
  return { page, seen, keepInSight }
}

describe('what was jumped to', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('ResizeObserver', Watcher)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is brought back whenever the page grows', () => {
    const { seen } = jump()
    grow()
    grow()
    expect(seen).toEqual(['center', 'center', 'center'])
  })

  it('is shown from its beginning where it is tall', () => {
    expect(jump(window.innerHeight).seen).toEqual(['start'])
  })

  it.each(['wheel', 'touchstart', 'pointerdown', 'keydown'])('is let go at the first %s', (name) => {
    const { seen } = jump()
    document.body.dispatchEvent(new Event(name, { bubbles: true }))
    grow()
    expect(seen).toHaveLength(1)
  })

  it('is let go after a while', () => {
    const { seen } = jump()
    vi.advanceTimersByTime(FOR_GOOD)
    grow()
    expect(seen).toHaveLength(1)
  })

  it('is let go with the page', () => {
    const { page, seen } = jump()
    page.unmount()
    grow()
    expect(seen).toHaveLength(1)
  })

  it('gives way to the next', () => {
    const { keepInSight, seen } = jump()
    const next = document.createElement('p')
    next.scrollIntoView = () => {}
    keepInSight(next)
    grow()
    expect(seen).toHaveLength(1)
  })
})
