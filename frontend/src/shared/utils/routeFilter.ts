import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Filters live in the address: a number on one screen can open the very list it counts. */
export function useRouteFilter<Name extends string>(names: readonly Name[]) {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => {
    const given = [...names, 'cursor'].map((name) => [name, route.query[name]])
    return Object.fromEntries(given.filter(([, value]) => typeof value === 'string' && value))
  }) as ComputedRef<Partial<Record<Name | 'cursor', string>>>

  /** A changed filter starts from the first page again. */
  const set = (name: Name, value: string) =>
    router.replace({ query: { ...route.query, [name]: value || undefined, cursor: undefined } })

  const isFiltered = computed(() => names.some((name) => filter.value[name]))
  const clear = () => router.replace({ query: {} })
  return { filter, set, clear, isFiltered }
}
