import type { FeatureModule } from '@/shared/module'

const feature = 'what-if'

export const module: FeatureModule = {
  name: 'whatif',
  feature,
  menu: { label: 'whatif.menu', to: '/my/what-if', order: 18 },
  routes: [
    { path: '/my/what-if', name: 'my-what-if', component: () => import('./MyWhatIfPage.vue'), meta: { feature, title: 'whatif.title' } },
    { path: '/assessments/:id/what-if', name: 'what-if', component: () => import('./WhatIfPage.vue'), meta: { title: 'whatif.title' } },
  ],
}
