import type { FeatureModule } from '@/shared/module'

const feature = 'claims'

export const module: FeatureModule = {
  name: 'claims',
  feature,
  menu: { label: 'layout.claims', to: '/claims', order: 70 },
  routes: [
    { path: '/claims', name: 'claims', component: () => import('./QueuePage.vue'), meta: { feature, title: 'claims.title' } },
    { path: '/changes', name: 'changes', component: () => import('./QueuePage.vue'), meta: { feature, title: 'claims.tab.changes', keepScroll: true } },
    { path: '/claims/:id', name: 'claim', component: () => import('./ClaimPage.vue'), meta: { title: 'claims.one' } },
  ],
}
