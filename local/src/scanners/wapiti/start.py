"""Starts Wapiti, whose path and arguments follow, with an HTTP client that tolerates any Location.

httpx raises InvalidURL if a Location has a scheme but no host (`data:;base64,...`, `C:\\Windows`), and module exec of Wapiti
3.2.3 does not catch it: a site that reflects a parameter into that header breaks the module in each scan. A Location that is
no URL counts as a request without an answer, and too many of those fail a module as well. Both count as no redirect here: the
module looks at the answer itself.
"""

import runpy
import sys

import httpx

has_redirect_location = httpx.Response.has_redirect_location.fget


def leads_somewhere(response):
    if not has_redirect_location(response):
        return False
    try:
        url = httpx.URL(response.headers["Location"])
    except httpx.InvalidURL:
        return False
    return not url.scheme or bool(url.host) or url.raw_path.startswith(b"/")


httpx.Response.has_redirect_location = property(leads_somewhere)

del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
