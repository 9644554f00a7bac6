autocmd BufNewFile,BufRead *.tla setfiletype tla
