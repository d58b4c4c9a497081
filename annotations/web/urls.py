"""Every page and every form of the product, one list a file."""

from annotations.web import (
    articles,
    checked,
    desks,
    earlier,
    first_password,
    insights,
    outcomes,
    people,
    practice,
    precedents,
    queue,
    reports,
    review,
    sign_in,
    workbench,
)

urlpatterns = [
    *sign_in.urlpatterns,
    *queue.urlpatterns,
    *articles.urlpatterns,
    *workbench.urlpatterns,
    *precedents.urlpatterns,
    *earlier.urlpatterns,
    *review.urlpatterns,
    *checked.urlpatterns,
    *reports.urlpatterns,
    *insights.urlpatterns,
    *outcomes.urlpatterns,
    *desks.urlpatterns,
    *people.urlpatterns,
    *first_password.urlpatterns,
    *practice.urlpatterns,
]
