import { onUnmounted, ref, watchEffect } from 'vue'

/** Whose page it is (a round, a company), beside what kind of page; the browser's tab shows both. */
export const pageSubject = ref('')

export function usePageSubject(name: () => string | undefined): void {
  watchEffect(() => { pageSubject.value = name() ?? '' })
  onUnmounted(() => { pageSubject.value = '' })
}
