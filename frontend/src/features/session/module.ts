import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'session',
  routes: [{ path: '/login', name: 'login', component: () => import('./LoginPage.vue'), meta: { open: true, title: 'login.title' } }],
}
