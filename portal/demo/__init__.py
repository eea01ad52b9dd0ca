"""The demo content: plain data files, one loader, and samples of what is still ahead."""
