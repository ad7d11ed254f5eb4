import { ref, watch, type Ref } from 'vue'

/** The value once it has stood still for a moment, so that typing does not ask a question for each key. */
export function useSettled<T>(source: () => T, milliseconds = 200): Readonly<Ref<T>> {
  const settled = ref(source()) as Ref<T>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => { settled.value = value }, milliseconds)
  })
  return settled
}
