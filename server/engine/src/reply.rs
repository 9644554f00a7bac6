//! What a model returned around the module: fences, prose, `<think>` tags, JSON.
