"""Every page and every form of the product, one list a file."""

from annotations.web import (
    articles,
    checked,
    earlier,
    history,
    insights,
    keys,
    mentions,
    precedents,
    queue,
    reports,
    review,
    sign_in,
    sources,
    workbench,
)

urlpatterns = [
    *sign_in.urlpatterns,
    *queue.urlpatterns,
    *articles.urlpatterns,
    *workbench.urlpatterns,
    *history.urlpatterns,
    *mentions.urlpatterns,
    *sources.urlpatterns,
    *precedents.urlpatterns,
    *earlier.urlpatterns,
    *review.urlpatterns,
    *checked.urlpatterns,
    *reports.urlpatterns,
    *insights.urlpatterns,
    *keys.urlpatterns,
]
