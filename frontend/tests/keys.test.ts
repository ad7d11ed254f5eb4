import { afterEach, describe, expect, it } from 'vitest'

import { asksForSearch, moveRow } from '@/shared/utils/rowKeys'

const press = (from: string, key: string) => {
  const target = document.querySelector<HTMLElement>(from)!
  target.focus()
  target.addEventListener('keydown', moveRow, { once: true })
  target.dispatchEvent(new KeyboardEvent('keydown', { key }))
  return document.activeElement?.id
}

describe('keys in a list', () => {
  afterEach(() => { document.body.innerHTML = '' })

  it.each([['#one', 'ArrowDown', 'two'], ['#two', 'ArrowUp', 'one'], ['#two', 'ArrowDown', 'two'], ['#one', 'x', 'one']])('from %s, %s leads to %s', (from, key, to) => {
    document.body.innerHTML = '<ul><li><a id="one" href="#1">1</a></li><li><a id="two" href="#2">2</a></li></ul>'
    expect(press(from, key)).toBe(to)
  })

  it('reach for the search field unless one is writing', () => {
    const slash = (tag: string) => {
      const target = document.body.appendChild(document.createElement(tag))
      const event = new KeyboardEvent('keydown', { key: '/' })
      target.dispatchEvent(event)
      return asksForSearch(event)
    }
    expect([slash('p'), slash('input')]).toEqual([true, false])
  })
})
