import type { FeatureModule } from '@/shared/module'

const feature = 'watch'

export const module: FeatureModule = {
  name: 'watch',
  feature,
  menu: { label: 'layout.watch', to: '/watch', order: 34 },
  routes: [
    { path: '/watch', name: 'watch', component: () => import('./WatchPage.vue'), meta: { feature, title: 'watch.title' } },
    { path: '/watch/:round', name: 'watch-round', component: () => import('./WatchPage.vue'), meta: { feature, title: 'watch.title' } },
  ],
}
