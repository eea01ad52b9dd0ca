"""The addresses of this wing, below the language prefix."""

urlpatterns = []
