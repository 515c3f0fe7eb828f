"""HTTP glue that knows no slice: pages, forms, assets, headers, languages, errors."""
