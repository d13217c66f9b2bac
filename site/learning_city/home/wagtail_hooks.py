"""What the site adds to the Wagtail admin."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, json_script
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def admin_widgets():
    """Start the admin's widgets without inline scripts (learning_city/admin_scripts.py)."""
    urls = {
        "imageChooser": reverse("wagtailimages_chooser:choose"),
        "documentChooser": reverse("wagtaildocs_chooser:choose"),
        "pageChooser": reverse("wagtailadmin_choose_page"),
    }
    source = static("learning_city/js/admin_widgets.js")
    return format_html('{}<script src="{}"></script>', json_script(urls, "admin-chooser-urls"), source)
