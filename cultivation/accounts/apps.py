from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cultivation.accounts"
    verbose_name = "账号与单位"
