import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'plans',
  feature: 'plan',
  menu: { label: 'layout.plan', to: '/my/plan', order: 30 },
  routes: [
    { path: '/plans/:id', name: 'plan', component: () => import('./PlanPage.vue'), meta: { title: 'plan.title' } },
    { path: '/my/plan', name: 'my-plan', component: () => import('./MyPlanPage.vue'), meta: { feature: 'plan', title: 'layout.plan' } },
  ],
}
