import type { QueryClient } from '@tanstack/vue-query'
import { nextTick } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type Router } from 'vue-router'

import { ensureSession, stepBeforeHome } from '@/shared/session'

import { focusHeading, pageOf } from './focus'
import { modules } from './modules'
import OfflinePage from './pages/OfflinePage.vue'

const missing = { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue'), meta: { open: true, title: 'errors.missing.title' } }
const forbidden = { path: '/forbidden', name: 'forbidden', component: () => import('./pages/ForbiddenPage.vue'), meta: { open: true, title: 'errors.forbidden.title' } }
const offline = { path: '/offline', name: 'offline', component: OfflinePage, meta: { open: true, title: 'errors.offline.title' } }

async function gate(to: RouteLocationNormalized, client: QueryClient) {
  if (to.meta.open) return true
  const me = await ensureSession(client).catch(() => undefined)
  if (me === undefined) return { name: 'offline', query: { next: to.fullPath } }
  if (!me) return { name: 'login', query: { next: to.fullPath } }
  const first = stepBeforeHome(me)
  if (first && first !== to.path && (to.name === 'home' || to.meta.feature)) return first
  if (to.meta.feature && !me.menu.includes(to.meta.feature)) return { name: 'forbidden', query: { from: to.fullPath } }
  return true
}

export function makeRouter(client: QueryClient): Router {
  const router = createRouter({
    history: createWebHistory('/'),
    routes: [...modules.flatMap((one) => one.routes), forbidden, offline, missing],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path || to.meta.keepScroll ? false : { top: 0 }),
  })
  router.beforeEach((to) => gate(to, client))
  router.afterEach((to, from) => {
    if (from.matched.length && pageOf(to) !== pageOf(from)) void nextTick(focusHeading)
  })
  // The part of the program that draws a page could not be fetched: no network, or a newer version has replaced it.
  router.onError((_error, to) => router.push({ name: 'offline', query: { next: to.fullPath } }))
  return router
}
