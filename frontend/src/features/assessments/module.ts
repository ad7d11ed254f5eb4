import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'assessments',
  feature: 'result',
  menu: { label: 'layout.result', to: '/my/result', order: 20 },
  routes: [
    { path: '/assessments/:id', name: 'assessment', component: () => import('./AssessmentPage.vue'), meta: { title: 'assessment.title' } },
    { path: '/assessments/:id/review', name: 'review', component: () => import('./AssessmentPage.vue'), meta: { title: 'assessment.title' } },
    { path: '/my/result', name: 'my-result', component: () => import('./MyResultPage.vue'), meta: { feature: 'result', title: 'layout.result' } },
  ],
}
