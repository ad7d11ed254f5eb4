import { computed, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Which section is open stands in the address, so that a link can be sent to it; the first one needs no word. */
export function useRouteTab(codes: Ref<string[]>) {
  const route = useRoute()
  const router = useRouter()
  const current: ComputedRef<string> = computed(() => codes.value.find((code) => code === route.query.tab) ?? codes.value[0] ?? '')
  const open = (code: string) =>
    router.replace({ query: { ...route.query, tab: code === codes.value[0] ? undefined : code }, hash: '' })
  return { current, open }
}

/** The tab that a key leads to, or none. */
export function tabAfterKey(key: string, codes: string[], current: string): string | undefined {
  const at = codes.indexOf(current)
  const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1 + codes.length, Home: 0, End: codes.length - 1 }
  const target = steps[key]
  return target === undefined ? undefined : codes[target % codes.length]
}
