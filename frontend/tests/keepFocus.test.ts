import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'

import { vKeepFocus } from '@/shared/utils/keepFocus'

const settle = async () => { await nextTick(); await new Promise((done) => setTimeout(done)) }

/** A card whose button turns into a form, and a button that is off while it works. */
function stage() {
  const isOpen = ref(false)
  const isBusy = ref(false)
  const page = mount({
    directives: { keepFocus: vKeepFocus },
    setup: () => ({ isOpen, isBusy }),
    template: `<main v-keep-focus><section><button v-if="!isOpen" id="open" @click="isOpen = true">+</button><input v-else id="field" /></section>
      <section><button id="work" :disabled="isBusy">save</button></section></main>`,
  }, { attachTo: document.body })
  return { isOpen, isBusy, page, focus: (id: string) => page.get<HTMLElement>(`#${id}`).element.focus() }
}

describe('the focus', () => {
  afterEach(() => { document.body.innerHTML = '' })

  it('goes to what has taken the place of a button that vanished', async () => {
    const { isOpen, focus } = stage()
    focus('open')
    isOpen.value = true
    await settle()
    expect(document.activeElement?.id).toBe('field')
  })

  it('comes back to the button when the form is closed', async () => {
    const { isOpen, focus } = stage()
    isOpen.value = true
    await settle()
    focus('field')
    isOpen.value = false
    await settle()
    expect(document.activeElement?.id).toBe('open')
  })

  it('is left alone where a person has put it elsewhere', async () => {
    const { isOpen, focus } = stage()
    focus('open')
    focus('work')
    isOpen.value = true
    await settle()
    expect(document.activeElement?.id).toBe('work')
  })
})
