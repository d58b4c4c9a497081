"""Every page and every form of the product, one list a file."""

from annotations.web import (
    articles,
    checked,
    earlier,
    insights,
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
    *sources.urlpatterns,
    *precedents.urlpatterns,
    *earlier.urlpatterns,
    *review.urlpatterns,
    *checked.urlpatterns,
    *reports.urlpatterns,
    *insights.urlpatterns,
]
