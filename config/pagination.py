"""How long lists of the API are cut into pages."""

from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """Pages of 50 rows, or of `page_size` up to 100."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
