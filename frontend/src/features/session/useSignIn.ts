import { ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { pendingStep } from '@/shared/api/auth'
import { safePath, useNewSession } from '@/shared/session'

/** The page of each step that a sign-in may wait at. */
const PAGES: Record<string, string> = { verify_email: '/verify-email', mfa_authenticate: '/login/second', login_by_code: '/login/code' }

/** Take one step of signing in: arrive, go to the page of the next step, or tell what is wrong. */
export function useSignIn() {
  const route = useRoute()
  const router = useRouter()
  const renew = useNewSession()
  const error = shallowRef<unknown>(null)
  const isPending = ref(false)

  const keepNext = () => (route.query.next ? { next: String(route.query.next) } : {})
  async function arrive() {
    await renew()
    await router.push(safePath(route.query.next))
  }
  async function goOn(problem: unknown) {
    const page = PAGES[pendingStep(problem) ?? '']
    if (page && page !== route.path) await router.push({ path: page, query: keepNext() })
    else error.value = problem
  }
  async function take(step: () => Promise<unknown>): Promise<void> {
    error.value = null
    isPending.value = true
    await step().then(arrive, goOn)
    isPending.value = false
  }
  return { take, arrive, keepNext, error, isPending }
}
