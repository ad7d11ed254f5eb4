import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'join',
  feature: 'join',
  menu: { label: 'layout.join', to: '/join', order: 10 },
  routes: [
    { path: '/join', name: 'join', component: () => import('./JoinPage.vue'), meta: { title: 'join.title' } },
    { path: '/invitations/:token', name: 'invitation', component: () => import('./InvitationPage.vue'), meta: { open: true, title: 'join.invitation.title' } },
  ],
}
