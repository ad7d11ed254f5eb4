import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'whatif',
  routes: [{ path: '/assessments/:id/what-if', name: 'what-if', component: () => import('./WhatIfPage.vue'), meta: { title: 'whatif.title' } }],
}
