import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'home',
  menu: { label: 'layout.home', to: '/home', order: 10 },
  routes: [{ path: '/home', name: 'home', component: () => import('./HomePage.vue'), meta: { title: 'layout.home' } }],
}
