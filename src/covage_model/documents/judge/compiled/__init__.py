"""The compiled judge: a fast yes for documents that are plainly clean, and for plainly right values of others."""
