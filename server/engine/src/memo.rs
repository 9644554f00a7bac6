//! What was worked out from one unit's text, kept as long as the unit stays as it is; the same for a contract.

use std::{
    any::Any,
    sync::{Arc, Mutex, PoisonError},
};

/// Places for what others work out about a unit or a contract, one for each type. Two memos are always equal: they say
/// nothing that does not follow from what they lie in.
#[derive(Default)]
pub(crate) struct Memo(Mutex<Vec<Arc<dyn Any + Send + Sync>>>);

impl Memo {
    /// The value of a type; its default at first.
    pub(crate) fn of<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = values.iter().find(|value| (***value).is::<T>());
        let known = known.and_then(|value| Arc::clone(value).downcast::<T>().ok());
        known.unwrap_or_else(|| {
            let value = Arc::new(T::default());
            values.push(Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
            value
        })
    }
}

/// One value with the key that it was worked out for.
pub(crate) struct Kept<T>(Mutex<Option<(u64, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    /// The value, where it was worked out for this key.
    pub(crate) fn get(&self, key: u64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(known, _)| *known == key).map(|(_, value)| Arc::clone(value))
    }

    /// Keeps a value in place of the one before.
    pub(crate) fn keep(&self, key: u64, value: T) -> Arc<T> {
        let value = Arc::new(value);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(&value)));
        value
    }
}

/// A value that many read while one changes it: who reads keeps what was there.
#[derive(Debug, Default)]
pub(crate) struct Shared<T>(Mutex<Arc<T>>);

impl<T: Clone> Shared<T> {
    pub(crate) fn get(&self) -> Arc<T> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the value in a holder's own hand and keeps that one, so that nothing is copied where nobody else reads it.
    pub(crate) fn keep(&self, own: &mut Arc<T>, change: impl FnOnce(&mut T))
    where
        T: Default,
    {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Arc::default();
        change(Arc::make_mut(own));
        *kept = Arc::clone(own);
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut T)) {
        change(Arc::make_mut(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)));
    }
}

impl<T: Clone> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.get()))
    }
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Memo {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Memo {}

impl std::fmt::Debug for Memo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Memo")
    }
}
