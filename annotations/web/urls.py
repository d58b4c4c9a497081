"""Every page and every form of the product, one list a file."""

from annotations.web import (
    articles,
    assigning,
    calendars,
    checked,
    earlier,
    insights,
    precedents,
    queue,
    reports,
    review,
    saved_views,
    search,
    sign_in,
    workbench,
)

urlpatterns = [
    *sign_in.urlpatterns,
    *queue.urlpatterns,
    *assigning.urlpatterns,
    *saved_views.urlpatterns,
    *search.urlpatterns,
    *calendars.urlpatterns,
    *articles.urlpatterns,
    *workbench.urlpatterns,
    *precedents.urlpatterns,
    *earlier.urlpatterns,
    *review.urlpatterns,
    *checked.urlpatterns,
    *reports.urlpatterns,
    *insights.urlpatterns,
]
