import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'rules',
  menu: { label: 'layout.rules', to: '/rules', order: 80 },
  routes: [
    { path: '/rules', name: 'rules', component: () => import('./RulesPage.vue'), meta: { open: true, title: 'rules.title' } },
    { path: '/rules/:scheme/:version', name: 'rulebook', component: () => import('./RulebookPage.vue'), meta: { open: true, title: 'rules.title' } },
  ],
}
